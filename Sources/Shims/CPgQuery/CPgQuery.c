#include "include/CPgQuery.h"
