/**
 * Headers of everything a browser gets. Scripts only from ourselves; styles from ourselves and the one inlined sheet, named by
 * its hash. Inside WeChat and Alipay the site is the top page, so nobody else may frame it.
 */
export function pageHeaders(styleHashes: readonly string[], secure: boolean, socket = ""): Record<string, string> {
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' ${styleHashes.map((hash) => `'${hash}'`).join(" ")}`.trim(),
    // Pictures just chosen are shown from the browser's own memory; icons stand in the style sheet.
    "img-src 'self' data: blob:",
    // To browsers before Safari 15.4 our own WebSocket is a stranger, unless it is named.
    `connect-src 'self' ${socket}`.trim(),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=()",
    ...baseHeaders(secure),
  };
}

export const baseHeaders = (secure: boolean): Record<string, string> => ({
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  ...(secure ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
});

/** The desk: an app of our own files. Its styles come as files; Ant Design's positions are set through the DOM. */
export const deskHeaders = (secure: boolean): Record<string, string> => ({
  ...pageHeaders([], secure),
  "cache-control": "no-cache",
});
