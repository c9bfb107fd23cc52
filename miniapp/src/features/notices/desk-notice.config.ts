export default definePageConfig({ navigationBarTitleText: "处理公告" });
