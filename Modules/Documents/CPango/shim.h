#ifndef CPANGO_SHIM_H
#define CPANGO_SHIM_H
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <fontconfig/fontconfig.h>
#include <hb-subset.h>
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

// Runs of a line: what stands in one font, glyph by glyph. Their structures have bit fields and untyped lists.

static inline int yc_run_count(PangoLayoutLine *line) { return (int)g_slist_length(line->runs); }

static inline PangoGlyphItem *yc_run(PangoLayoutLine *line, int index) {
    return (PangoGlyphItem *)g_slist_nth_data(line->runs, (guint)index);
}

static inline int yc_run_start(PangoGlyphItem *run) { return run->item->offset; }
static inline int yc_run_length(PangoGlyphItem *run) { return run->item->length; }
static inline int yc_run_glyphs(PangoGlyphItem *run) { return run->glyphs->num_glyphs; }
static inline int yc_glyph_width(PangoGlyphItem *run, int index) { return run->glyphs->glyphs[index].geometry.width; }

/// The byte of the run's text at which the glyph's cluster begins.
static inline int yc_glyph_byte(PangoGlyphItem *run, int index) { return run->glyphs->log_clusters[index]; }

/// The font file's face; owned by the font.
static inline hb_face_t *yc_run_face(PangoGlyphItem *run) {
    return hb_font_get_face(pango_font_get_hb_font(run->item->analysis.font));
}

/// A TrueType file with the glyphs of some characters and no others; nil when it can't be made; owned by the caller.
static inline hb_blob_t *yc_subset(hb_face_t *face, const uint32_t *characters, size_t count) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL) { return NULL; }
    hb_set_t *wanted = hb_subset_input_unicode_set(input);
    for (size_t index = 0; index < count; index++) { hb_set_add(wanted, characters[index]); }
    // Readers of OFD place each glyph by itself, so that tables for shaping are of no use there.
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_add(dropped, HB_TAG('G', 'S', 'U', 'B'));
    hb_set_add(dropped, HB_TAG('G', 'P', 'O', 'S'));
    hb_set_add(dropped, HB_TAG('G', 'D', 'E', 'F'));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_face_t *subset = hb_subset_or_fail(face, input);
    hb_subset_input_destroy(input);
    if (subset == NULL) { return NULL; }
    hb_blob_t *blob = hb_face_reference_blob(subset);
    hb_face_destroy(subset);
    return blob;
}

static inline void yc_unref(void *object) { g_object_unref(object); }
#endif
