export default definePageConfig({
  navigationBarTitleText: "医院挂号",
  enablePullDownRefresh: true,
});
