export default definePageConfig({
  navigationBarTitleText: "处理村民诉求",
  enablePullDownRefresh: true,
  onReachBottomDistance: 200,
});
