export default defineAppConfig({
  pages: ["pages/index/index", "pages/detail/index", "pages/forms/index"],
  subPackages: [{ root: "pkg", pages: ["device/index"] }],
  tabBar: {
    color: "#333333",
    selectedColor: "#1a237e",
    backgroundColor: "#ffffff",
    list: [
      { pagePath: "pages/index/index", text: "首页" },
      { pagePath: "pages/forms/index", text: "表单" },
    ],
  },
  window: {
    navigationBarTitleText: "样例",
    backgroundTextStyle: "light",
    navigationBarBackgroundColor: "#fff",
    navigationBarTextStyle: "black",
  },
});
