/* The few functions of libvips, GObject and GLib that the image worker calls, declared by hand: with the library's own
   headers would come its compiler flags, and with those libvips into every executable of the package.
   Tests/TipinAssetsTests/Images compares the declarations with the library's headers. */
#ifndef TIPIN_CVIPS_SHIM_H
#define TIPIN_CVIPS_SHIM_H

#include <stddef.h>

typedef struct _VipsImage VipsImage;

int vips_init(const char *argv0);
void vips_shutdown(void);
const char *vips_version_string(void);
const char *vips_error_buffer(void);
void vips_error_clear(void);

void vips_block_untrusted_set(int state);
void vips_operation_block_set(const char *name, int state);
void vips_cache_set_max(int max);
void vips_concurrency_set(int concurrency);

int vips_jpegload_buffer(void *buf, size_t len, VipsImage **out, ...) __attribute__((sentinel));
int vips_pngload_buffer(void *buf, size_t len, VipsImage **out, ...) __attribute__((sentinel));
int vips_webpload_buffer(void *buf, size_t len, VipsImage **out, ...) __attribute__((sentinel));
int vips_gifload_buffer(void *buf, size_t len, VipsImage **out, ...) __attribute__((sentinel));
int vips_jpegsave_buffer(VipsImage *in, void **buf, size_t *len, ...) __attribute__((sentinel));
int vips_webpsave_buffer(VipsImage *in, void **buf, size_t *len, ...) __attribute__((sentinel));
int vips_thumbnail_image(VipsImage *in, VipsImage **out, int width, ...) __attribute__((sentinel));
VipsImage *vips_image_copy_memory(VipsImage *image);
typedef struct _VipsRegion VipsRegion;
typedef struct _VipsRect VipsRect;
VipsRegion *vips_region_new(VipsImage *image);
int vips_region_prepare(VipsRegion *region, const VipsRect *part);

int vips_image_get_width(const VipsImage *image);
int vips_image_get_height(const VipsImage *image);
int vips_image_get_page_height(VipsImage *image);
int vips_image_get_n_pages(VipsImage *image);
int vips_image_get_orientation_swap(VipsImage *image);
int vips_image_hasalpha(VipsImage *image);
size_t vips_image_get_typeof(const VipsImage *image, const char *name);

void g_object_unref(void *object);
void g_free(void *memory);

typedef void (*TipinLogFunction)(const char *domain, int level, const char *message, void *data);
TipinLogFunction g_log_set_default_handler(TipinLogFunction function, void *data);

/* What VipsRect is made of. */
struct tipin_part {
    int left, top, width, height;
};

/* Lines that are decoded at once. */
enum { TIPIN_LINES = 16 };

/* VipsAccess, VipsFailOn and VipsSize. */
enum { TIPIN_VIPS_ACCESS_SEQUENTIAL = 1, TIPIN_VIPS_FAIL_ON_WARNING = 3, TIPIN_VIPS_SIZE_DOWN = 2 };

/* Each reads from memory, line by line where the format allows it, and takes a warning of the decoder for a failure.
   `bytes` must outlive `*out`. Frames come one below the other: all of a GIF, `count` of a WebP from `first` on (-1: all). */
static inline int tipin_load_jpeg(const void *bytes, size_t length, VipsImage **out) {
    return vips_jpegload_buffer((void *)bytes, length, out, "access", TIPIN_VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                TIPIN_VIPS_FAIL_ON_WARNING, NULL);
}

static inline int tipin_load_png(const void *bytes, size_t length, VipsImage **out) {
    return vips_pngload_buffer((void *)bytes, length, out, "access", TIPIN_VIPS_ACCESS_SEQUENTIAL, "fail_on",
                               TIPIN_VIPS_FAIL_ON_WARNING, NULL);
}

static inline int tipin_load_webp(const void *bytes, size_t length, int first, int count, VipsImage **out) {
    return vips_webpload_buffer((void *)bytes, length, out, "access", TIPIN_VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                TIPIN_VIPS_FAIL_ON_WARNING, "page", first, "n", count, NULL);
}

static inline int tipin_load_gif(const void *bytes, size_t length, VipsImage **out) {
    return vips_gifload_buffer((void *)bytes, length, out, "access", TIPIN_VIPS_ACCESS_SEQUENTIAL, "fail_on",
                               TIPIN_VIPS_FAIL_ON_WARNING, "n", -1, NULL);
}

/* The first frame, with one pixel for `shrink` by `shrink` of the file: 1, 2, 4 or 8. */
static inline int tipin_load_small_jpeg(const void *bytes, size_t length, int shrink, VipsImage **out) {
    return vips_jpegload_buffer((void *)bytes, length, out, "access", TIPIN_VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                TIPIN_VIPS_FAIL_ON_WARNING, "shrink", shrink, NULL);
}

/* The first frame, made smaller by the decoder: `scale` is at most 1. */
static inline int tipin_load_small_webp(const void *bytes, size_t length, double scale, VipsImage **out) {
    return vips_webpload_buffer((void *)bytes, length, out, "access", TIPIN_VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                TIPIN_VIPS_FAIL_ON_WARNING, "scale", scale, NULL);
}

static inline int tipin_load_first_gif(const void *bytes, size_t length, VipsImage **out) {
    return vips_gifload_buffer((void *)bytes, length, out, "access", TIPIN_VIPS_ACCESS_SEQUENTIAL, "fail_on",
                               TIPIN_VIPS_FAIL_ON_WARNING, "n", 1, NULL);
}

/* A picture that fits into a square, turned as its orientation says, never larger than it was. Colours come out as sRGB
   where the picture has a profile of its own. */
static inline int tipin_make_small(VipsImage *image, int side, VipsImage **out) {
    if (vips_image_get_typeof(image, "icc-profile-data") != 0)
        return vips_thumbnail_image(image, out, side, "height", side, "size", TIPIN_VIPS_SIZE_DOWN, "export_profile",
                                    "srgb", NULL);
    return vips_thumbnail_image(image, out, side, "height", side, "size", TIPIN_VIPS_SIZE_DOWN, NULL);
}

/* The whole file, without metadata; `*bytes` is freed with `g_free`. */
static inline int tipin_save_jpeg(VipsImage *image, void **bytes, size_t *length) {
    return vips_jpegsave_buffer(image, bytes, length, "Q", 80, "strip", 1, NULL);
}

static inline int tipin_save_webp(VipsImage *image, void **bytes, size_t *length) {
    return vips_webpsave_buffer(image, bytes, length, "Q", 80, "effort", 2, "strip", 1, NULL);
}

/* Decodes every pixel of every frame, a few lines at a time, and keeps none of them. All on this thread: those that
   libvips starts for its operations take longer to begin and to wait for than most pictures to decode. */
static inline int tipin_decode_all(VipsImage *image) {
    VipsRegion *region = vips_region_new(image);
    if (region == NULL) return -1;
    int height = vips_image_get_height(image);
    struct tipin_part lines = {0, 0, vips_image_get_width(image), 0};
    int failed = 0;
    for (; failed == 0 && lines.top < height; lines.top += lines.height) {
        lines.height = height - lines.top < TIPIN_LINES ? height - lines.top : TIPIN_LINES;
        failed = vips_region_prepare(region, (const VipsRect *)&lines);
    }
    g_object_unref(region);
    return failed;
}

static inline void tipin_drop_message(const char *domain, int level, const char *message, void *data) {
    (void)domain, (void)level, (void)message, (void)data;
}

/* What the libraries would print goes nowhere. */
static inline void tipin_drop_messages(void) { g_log_set_default_handler(tipin_drop_message, NULL); }

#endif
