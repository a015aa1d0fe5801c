#pragma once
#include <curl/curl.h>
#include <stdint.h>

// curl_easy_setopt(3), curl_multi_setopt(3) and curl_easy_getinfo(3) take any type of argument, which Swift cannot
// call: one wrapper for each type, and one for each callback together with its context.

static inline CURLcode ccurl_set_long(CURL *_Nonnull easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_text(CURL *_Nonnull easy, CURLoption option, const char *_Nullable value) {
    return curl_easy_setopt(easy, option, value);
}

/// CURLOPT_HTTPHEADER, whose list is not copied.
static inline CURLcode ccurl_set_fields(CURL *_Nonnull easy, const struct curl_slist *_Nullable fields) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fields);
}

/// The body of the request, which is copied; also makes the request a POST.
static inline CURLcode ccurl_set_body(CURL *_Nonnull easy, const void *_Nullable bytes, int64_t count) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

/// CURLOPT_ERRORBUFFER, of CURL_ERROR_SIZE bytes.
static inline CURLcode ccurl_set_error_buffer(CURL *_Nonnull easy, char *_Nonnull buffer) {
    return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, buffer);
}

static inline CURLcode ccurl_set_private(CURL *_Nonnull easy, void *_Nonnull value) {
    return curl_easy_setopt(easy, CURLOPT_PRIVATE, value);
}

static inline void *_Nullable ccurl_private(CURL *_Nonnull easy) {
    char *value = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value);
    return value;
}

typedef size_t (*ccurl_data_callback)(
    char *_Nonnull bytes, size_t size, size_t count, void *_Nonnull context);

static inline void ccurl_on_header(CURL *_Nonnull easy, ccurl_data_callback _Nonnull callback, void *_Nonnull context) {
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, callback);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

static inline void ccurl_on_body(CURL *_Nonnull easy, ccurl_data_callback _Nonnull callback, void *_Nonnull context) {
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, callback);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

typedef int (*ccurl_request_callback)(
    void *_Nonnull context, char *_Nullable peer, char *_Nullable local, int peer_port, int local_port);

/// Called when the connection stands and a request is about to be sent on it.
static inline void ccurl_on_request(
    CURL *_Nonnull easy, ccurl_request_callback _Nonnull callback, void *_Nonnull context) {
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
}

typedef int (*ccurl_close_callback)(void *_Nonnull context, curl_socket_t socket);

static inline void ccurl_on_close(CURL *_Nonnull easy, ccurl_close_callback _Nonnull callback, void *_Nonnull context) {
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, callback);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, context);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *_Nonnull multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

typedef int (*ccurl_socket_callback)(
    CURL *_Nullable easy, curl_socket_t socket, int interest, void *_Nullable context, void *_Nullable ignored);

static inline void ccurl_multi_on_socket(
    CURLM *_Nonnull multi, ccurl_socket_callback _Nullable callback, void *_Nullable context) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
}

typedef int (*ccurl_timer_callback)(CURLM *_Nullable multi, long milliseconds, void *_Nullable context);

static inline void ccurl_multi_on_timer(
    CURLM *_Nonnull multi, ccurl_timer_callback _Nullable callback, void *_Nullable context) {
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

/// The next transfer that has ended and how, or NULL; curl_multi_info_read(3).
static inline CURL *_Nullable ccurl_multi_next_ended(CURLM *_Nonnull multi, CURLcode *_Nonnull code) {
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
