/** How a style tool shapes a prompt. */
export interface StyleShape {
  /** Follows the caller's words. */
  readonly positive: string;
  /** What to keep out, for models that are told so apart. */
  readonly negative: string;
  /** How such pictures are framed, unless the caller says otherwise. */
  readonly composition: string;
}

const shape = (positive: string, negative: string, composition: string): StyleShape => ({
  positive,
  negative,
  composition,
});

const BLUR = "blurry, low quality, artefacts";
const LETTERS = "text, watermark, signature";

/**
 * Magic Hour's 35 style tools for everybody else: what each asks of a model that has never heard of it. Magic Hour
 * applies its own. `general` says hardly anything, as nobody chose a style there.
 */
export const STYLE_SHAPES: Readonly<Record<string, StyleShape>> = {
  "ai-anime-generator": shape(
    "anime key visual, clean line art, cel shading, expressive eyes, vivid colours",
    `photograph, 3d render, ${BLUR}`,
    "a dynamic mid shot with a painted background",
  ),
  "ai-art-generator": shape(
    "fine art painting, confident brushwork, rich colour harmony, visible texture",
    `photograph, ${LETTERS}, ${BLUR}`,
    "balanced by the rule of thirds with one clear focal point",
  ),
  "ai-background-generator": shape(
    "backdrop, soft even light, gentle gradients, uncluttered surfaces",
    `people, faces, ${LETTERS}, clutter`,
    "a wide view with open space in the middle for a subject",
  ),
  "ai-character-generator": shape(
    "character concept art, distinctive silhouette, detailed costume, clear expression",
    `cropped limbs, extra fingers, ${BLUR}`,
    "one figure, head to toe, on a plain backdrop",
  ),
  "ai-face-generator": shape(
    "portrait of one person, natural skin texture, catchlights in the eyes, soft studio light",
    `deformed features, asymmetrical eyes, plastic skin, ${LETTERS}`,
    "head and shoulders, facing the camera, out-of-focus backdrop",
  ),
  "ai-fashion-generator": shape(
    "fashion editorial, tailored garments, tangible fabric, magazine lighting",
    `distorted body, ${LETTERS}, ${BLUR}`,
    "a full-length pose on a seamless studio backdrop",
  ),
  "ai-icon-generator": shape(
    "app icon, simple geometric shapes, bold flat colours, crisp edges, soft inner shadow",
    `photograph, ${LETTERS}, fine detail, clutter`,
    "a single symbol, centred, with even margins",
  ),
  "ai-illustration-generator": shape(
    "editorial illustration, limited palette, textured shapes, inventive visual metaphor",
    `photograph, ${LETTERS}, ${BLUR}`,
    "one idea told in one scene with generous negative space",
  ),
  "ai-interior-design-generator": shape(
    "interior design photograph, considered furniture, natural materials, daylight",
    `people, warped perspective, ${LETTERS}`,
    "a wide angle at eye level with straight verticals",
  ),
  "ai-landscape-generator": shape(
    "landscape, atmospheric perspective, dramatic natural light, far horizon",
    `people, ${LETTERS}, ${BLUR}`,
    "foreground, middle ground and distance in layers",
  ),
  "ai-logo-generator": shape(
    "logo mark, flat vector, two or three colours, strong negative space, scalable",
    "photograph, gradients, mock-up, fine detail, watermark",
    "the mark alone, centred on a white background",
  ),
  "ai-manga-generator": shape(
    "manga, black ink, screentone shading, speed lines, expressive faces",
    "colour, photograph, 3d render",
    "a dramatic angle, framed like a panel",
  ),
  "ai-outfit-generator": shape(
    "complete outfit, coordinated garments and accessories, true fabric texture",
    `distorted body, ${LETTERS}, ${BLUR}`,
    "worn by one model, head to toe, in even light",
  ),
  "ai-pattern-generator": shape(
    "seamless repeating pattern, consistent motif size, harmonious palette, flat print",
    `perspective, single subject, ${LETTERS}, visible seams`,
    "motifs spread evenly to every edge",
  ),
  "ai-photo-generator": shape(
    "photograph, full-frame camera, natural light, true colours, fine detail",
    `illustration, painting, 3d render, ${LETTERS}`,
    "a shallow depth of field with the subject sharp",
  ),
  "ai-sketch-generator": shape(
    "pencil sketch, hatching, varied line weight, paper grain",
    "colour, photograph, 3d render",
    "a loose study with the drawing fading out at the edges",
  ),
  "ai-tattoo-generator": shape(
    "tattoo design, bold outlines, solid blacks, stippled shading",
    `skin, photograph, background, ${LETTERS}`,
    "one flowing motif, isolated on white",
  ),
  "album-cover-generator": shape(
    "album cover art, striking mood, graphic colours, film grain",
    `watermark, barcode, ${BLUR}`,
    "square and iconic, legible as a thumbnail",
  ),
  "animated-characters-generator": shape(
    "character from an animated feature, rounded shapes, big eyes, soft global illumination",
    `photograph, realistic skin, ${LETTERS}`,
    "one character in a lively pose, three-quarter view",
  ),
  "architecture-generator": shape(
    "architectural visualisation, honest materials, precise geometry, golden-hour light",
    `warped lines, ${LETTERS}, ${BLUR}`,
    "two-point perspective with vertical walls upright",
  ),
  "book-cover-generator": shape(
    "book cover illustration, evocative symbol, layered atmosphere, painterly finish",
    `barcode, watermark, ${BLUR}`,
    "portrait format with calm space above for a title",
  ),
  "comic-book-generator": shape(
    "comic book art, inked outlines, halftone dots, saturated colours, dynamic action",
    `photograph, 3d render, ${BLUR}`,
    "a bold foreshortened angle in a single panel",
  ),
  "dark-fantasy-ai": shape(
    "dark fantasy, brooding atmosphere, weathered detail, chiaroscuro, muted palette",
    `cheerful, bright colours, ${LETTERS}`,
    "a lone subject dwarfed by its surroundings",
  ),
  "disney-ai-generator": shape(
    "classic fairy-tale animation, warm storybook light, graceful shapes, hand-painted backdrop",
    `photograph, gritty, ${LETTERS}`,
    "a heartfelt moment framed by the scenery",
  ),
  "dnd-ai-art-generator": shape(
    "tabletop fantasy illustration, heroic adventurers, detailed armour and magic, oil-painted look",
    `modern clothing, photograph, ${LETTERS}`,
    "a heroic low angle with the quest's place behind",
  ),
  "emoji-generator": shape(
    "emoji, glossy rounded shapes, simple readable expression, bright flat colours",
    `photograph, ${LETTERS}, background detail`,
    "one symbol filling the frame, isolated on white",
  ),
  "fantasy-map-generator": shape(
    "fantasy map, hand-inked coastlines, mountain and forest symbols, aged parchment",
    "photograph, satellite image, modern roads",
    "seen straight from above with a decorated border and compass",
  ),
  "graffiti-generator": shape(
    "graffiti, spray paint, wild outlines, drips and highlights, layered colours",
    `clean studio, ${BLUR}, watermark`,
    "painted large across a brick wall",
  ),
  "movie-poster-generator": shape(
    "film poster, cinematic lighting, dramatic contrast, epic mood",
    `watermark, billing block, ${BLUR}`,
    "the lead figure large, the world of the story below",
  ),
  "optical-illusion-generator": shape(
    "optical illusion, impossible geometry, precise repetition, ambiguous figure and ground",
    `photograph of people, ${LETTERS}, ${BLUR}`,
    "symmetrical, with the trick at the centre",
  ),
  "pokemon-generator": shape(
    "collectible creature design, elemental theme, rounded friendly shapes, flat cel shading",
    `photograph, realistic animal, ${LETTERS}`,
    "one creature in a battle-ready stance on a plain backdrop",
  ),
  "south-park-character-generator": shape(
    "paper cut-out cartoon, flat colours, round heads, simple dot eyes, crude charm",
    "photograph, 3d render, shading, fine detail",
    "facing the viewer, full figure, on a snowy small-town street",
  ),
  "superhero-generator": shape(
    "superhero, sculpted costume, flowing cape, rim light, comic-book energy",
    `cropped limbs, extra fingers, ${LETTERS}`,
    "a triumphant low-angle pose against the sky",
  ),
  "thumbnail-maker": shape(
    "video thumbnail, high contrast, saturated colours, exaggerated emotion",
    `watermark, clutter, ${BLUR}`,
    "one large subject to a side, empty space on the other",
  ),
  general: shape("well composed, finely detailed", BLUR, "framed to suit the subject"),
};
