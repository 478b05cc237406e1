#ifndef TIPIN_CCURL_SHIM_H
#define TIPIN_CCURL_SHIM_H

#include <curl/curl.h>
#include <locale.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift does not import: one function for each type. */

static inline CURLcode tipin_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tipin_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tipin_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tipin_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*tipin_curl_data)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode tipin_curl_set_data(CURL *handle, CURLoption option, tipin_curl_data function) {
    return curl_easy_setopt(handle, option, function);
}

typedef int (*tipin_curl_progress)(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

static inline CURLcode tipin_curl_set_progress(CURL *handle, tipin_curl_progress function) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
}

typedef curl_socket_t (*tipin_curl_socket)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode tipin_curl_set_socket(CURL *handle, tipin_curl_socket function) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, function);
}

typedef int (*tipin_curl_prerequest)(void *context, char *remote, char *local, int remote_port, int local_port);

static inline CURLcode tipin_curl_set_prerequest(CURL *handle, tipin_curl_prerequest function) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, function);
}

static inline CURLcode tipin_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode tipin_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

/* The host with international names mapped to ASCII. libidn2 reads text in the thread's locale, which is "C" in a
   program that never sets one; there no name outside ASCII can be mapped. */
static inline CURLUcode tipin_curl_get_ascii_host(CURLU *url, char **host) {
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    CURLUcode code = curl_url_get(url, CURLUPART_HOST, host, CURLU_PUNYCODE);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return code;
}

static inline CURLcode tipin_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

#endif
