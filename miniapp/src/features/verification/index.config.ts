export default definePageConfig({ navigationBarTitleText: "认证村民" });
