/** The router would add style elements at run time, which a strict content policy refuses; the same rules stand in ui/h5/frame.css. */
const nothing = () => {};
export const addStyle = nothing;
export const loadAnimateStyle = nothing;
export const loadRouterStyle = nothing;
export const loadNavigationBarStyle = nothing;
export const initNavigationBar = nothing;
