import routes from "./routes.json";

const pages = Object.values(routes).map(({ page }) => page);
const tabs = [routes.home, routes.services, routes.circle, routes.me];
const words = ["首页", "服务", "为村", "我的"];
const icons = ["home", "services", "circle", "me"];

/** `features/<feature>/<page>`: every feature is one sub-package, fetched when it is first opened. */
const features = [...new Set(pages.filter((page) => page.startsWith("features/")).map((page) => page.split("/")[1]))];

export default defineAppConfig({
  pages: tabs.map(({ page }) => page),
  subPackages: features.map((feature) => ({
    root: `features/${feature}`,
    pages: pages
      .filter((page) => page.startsWith(`features/${feature}/`))
      .map((page) => page.split("/").slice(2).join("/")),
  })),
  tabBar: {
    // The site draws its own bar inside the page, as real links.
    custom: PLATFORM === "h5",
    color: "#55605B",
    selectedColor: "#0F6B4F",
    backgroundColor: "#FFFFFF",
    borderStyle: "black",
    list: tabs.map(({ page }, i) => ({
      pagePath: page,
      text: words[i] ?? "",
      iconPath: `tabs/icons/${icons[i]}.png`,
      selectedIconPath: `tabs/icons/${icons[i]}-on.png`,
    })),
  },
  window: {
    navigationBarTitleText: "微门户",
    navigationBarBackgroundColor: "#F6F4EE",
    navigationBarTextStyle: "black",
    backgroundColor: "#F6F4EE",
    backgroundTextStyle: "dark",
  },
  lazyCodeLoading: "requiredComponents",
  __usePrivacyCheck__: true,
  animation: false,
});
