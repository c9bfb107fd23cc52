export default definePageConfig({
  navigationBarTitleText: "待我处理的公告",
  enablePullDownRefresh: true,
  onReachBottomDistance: 200,
});
