#include "include/CLlhttp.h"
