export default definePageConfig({ navigationBarTitleText: "内容处置公示" });
