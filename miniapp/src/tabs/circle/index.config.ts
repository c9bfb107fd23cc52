export default definePageConfig({
  navigationBarTitleText: "为村",
  enablePullDownRefresh: true,
  onReachBottomDistance: 200,
});
