export default definePageConfig({ navigationBarTitleText: "审核认证" });
