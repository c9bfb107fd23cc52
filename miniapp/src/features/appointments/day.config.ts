export default definePageConfig({
  navigationBarTitleText: "今天来办的人",
  enablePullDownRefresh: true,
});
