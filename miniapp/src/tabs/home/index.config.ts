export default definePageConfig({
  navigationBarTitleText: "微门户",
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
});
