#ifndef CPANGO_SHIM_H
#define CPANGO_SHIM_H
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

// The casts of GObject are macros, which don't come through the importer.

/// A font map that knows the fonts of one configuration and no others; owned by the caller.
static inline void *yc_font_map_new(FcConfig *config) {
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (map == NULL) { return NULL; }
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    // One unit of length is one point.
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72.0);
    return map;
}

/// A context for layouts without hinting, so that a line is as long on paper as it was computed; owned by the caller.
static inline void *yc_context_new(void *map) {
    PangoContext *context = pango_font_map_create_context((PangoFontMap *)map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    return context;
}

static inline PangoLayout *yc_layout_new(void *context) { return pango_layout_new((PangoContext *)context); }

static inline void yc_unref(void *object) { g_object_unref(object); }
#endif
