export default definePageConfig({
  navigationBarTitleText: "家长同意登记",
  enablePullDownRefresh: true,
  onReachBottomDistance: 200,
});
