export default definePageConfig({
  navigationBarTitleText: "各村办理情况",
  enablePullDownRefresh: true,
});
