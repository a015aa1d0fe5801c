#include "include/CPCRE2.h"
