export default definePageConfig({ navigationBarTitleText: "不看的人" });
