/** Stands in for Taro's web components: the site draws plain HTML elements and its own tab bar. */
const nothing = () => {};
export const defineCustomElementTaroTabbar = nothing;
export const defineCustomElementTaroPullToRefreshCore = nothing;
export const defineCustomElementTaroSwiperCore = nothing;
export const defineCustomElementTaroSwiperItemCore = nothing;
