export default definePageConfig({
  navigationBarTitleText: "替家人办事",
  enablePullDownRefresh: true,
});
