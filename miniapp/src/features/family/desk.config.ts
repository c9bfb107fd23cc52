export default definePageConfig({
  navigationBarTitleText: "替办授权登记",
  enablePullDownRefresh: true,
  onReachBottomDistance: 200,
});
