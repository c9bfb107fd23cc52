/** Stands in for Taro while the server draws: nothing is pressed there, so nothing of it is called. */
export default {};
const nothing = () => {};
export const useDidShow = nothing;
export const useShareAppMessage = nothing;
