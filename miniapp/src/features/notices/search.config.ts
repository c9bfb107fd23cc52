export default definePageConfig({ navigationBarTitleText: "查公告" });
