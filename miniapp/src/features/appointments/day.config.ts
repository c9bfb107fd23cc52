export default definePageConfig({
  navigationBarTitleText: "来办的人",
  enablePullDownRefresh: true,
});
