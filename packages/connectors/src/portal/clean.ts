import sanitizeHtml from "sanitize-html";

/** What may pass into the tree. Everything not named is unwrapped (its text stays) or, if it is machinery, thrown away whole. */
const TAGS = [
  ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "section", "article", "center", "pre", "blockquote", "hr", "br"],
  ...["ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption"],
  ...["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"],
  ...["a", "b", "strong", "i", "em", "span", "font", "u", "s", "sub", "sup", "code", "img"],
];
const MACHINERY = [
  ...[
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "svg",
    "math",
    "canvas",
  ],
  ...["audio", "video", "form", "input", "button", "select", "option", "textarea", "head", "title", "xmp", "plaintext"],
];
/** Pictures one or two pixels wide, or hidden, only count readers. */
const PIXEL =
  /(?:^|;)\s*(?:(?:max-)?(?:width|height)\s*:\s*[012](?:\.\d+)?(?:px)?\s*(?:;|$|!)|display\s*:\s*none|visibility\s*:\s*hidden)/i;
const tiny = (size: string | undefined) => /^\s*[012](?:px)?\s*$/.test(size ?? "");

/** Published HTML with everything gone that acts, hides, tracks or frames. */
export function clean(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    nonTextTags: MACHINERY,
    allowedAttributes: {
      a: ["href"],
      img: ["src", "alt", "width", "height"],
      td: ["colspan", "rowspan"],
      th: ["colspan", "rowspan"],
    },
    allowedSchemes: ["http", "https"],
    allowedSchemesByTag: { a: ["http", "https", "tel", "mailto"] },
    allowedSchemesAppliedToAttributes: ["href", "src"],
    nestingLimit: 60,
    transformTags: {
      img(tagName, attribs) {
        const pixel = tiny(attribs.width) || tiny(attribs.height) || PIXEL.test(attribs.style ?? "");
        if (pixel) return { tagName: "tracking-pixel", attribs: {} };
        // Pages that load pictures late keep the true address elsewhere.
        const late = attribs["data-src"] ?? attribs["data-original"];
        return { tagName, attribs: late ? { ...attribs, src: late } : attribs };
      },
    },
  });
}
