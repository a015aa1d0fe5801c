#include "include/CAssets.h"
