export default definePageConfig({ navigationBarTitleText: "搜大家说的话", onReachBottomDistance: 200 });
