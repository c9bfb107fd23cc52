export default definePageConfig({ navigationBarTitleText: "为村" });
