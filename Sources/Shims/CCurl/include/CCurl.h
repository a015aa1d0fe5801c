#pragma once
#include <curl/curl.h>
#include <stdint.h>
