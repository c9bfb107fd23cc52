export default definePageConfig({
  navigationBarTitleText: "审核认证",
  enablePullDownRefresh: true,
  onReachBottomDistance: 200,
});
