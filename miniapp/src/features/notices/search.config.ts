export default definePageConfig({ navigationBarTitleText: "搜公告", onReachBottomDistance: 200 });
