#include "include/CYAML.h"
