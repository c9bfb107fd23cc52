/** So that the site can be put on a phone's home screen. */
export const manifest = (name: string) => ({
  name,
  short_name: name.slice(0, 12),
  lang: "zh-CN",
  start_url: "/",
  scope: "/",
  display: "standalone",
  background_color: "#F6F4EE",
  theme_color: "#F6F4EE",
  icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
});

/** A house under a bamboo leaf: the county's door. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" rx="20" fill="#0F6B4F"/><path d="M22 48 48 26l26 22v24a4 4 0 0 1-4 4H26a4 4 0 0 1-4-4z" fill="none" stroke="#fff" stroke-width="6" stroke-linejoin="round"/><path d="M40 76V56h16v20" fill="none" stroke="#fff" stroke-width="6" stroke-linejoin="round"/></svg>`;
