/** What the platforms draw before any style of the app; close enough to hit-test and to see what is cut. */
export const BASE_STYLES = `
html,body{margin:0;padding:0;font:16px/1.4 sans-serif;overflow-anchor:none}
.wx-page{display:none;min-height:100vh;box-sizing:border-box}
.wx-page[data-top]{display:block}
wx-view,wx-scroll-view,wx-form,wx-swiper,wx-swiper-item,wx-checkbox-group,wx-radio-group,wx-picker,wx-navigator,wx-cover-view,
wx-web-view,wx-map,wx-canvas,wx-video,wx-slider,wx-progress,wx-movable-area,wx-movable-view,wx-root-portal{display:block}
wx-text,wx-label,wx-icon{display:inline}
wx-text{white-space:pre-wrap}
wx-image{display:inline-block;width:320px;height:240px;overflow:hidden}
wx-image>img{display:block;width:100%;height:100%}
wx-image[data-mode=widthFix]{height:auto!important}
wx-image[data-mode=widthFix]>img{height:auto}
wx-image[data-mode=heightFix]{width:auto!important}
wx-image[data-mode=heightFix]>img{width:auto}
wx-button{display:block;position:relative;margin:0 auto;padding:0 14px;box-sizing:border-box;font-size:18px;text-align:center;
line-height:2.55;border-radius:5px;background:#f8f8f8;overflow:hidden}
wx-button::after{content:"";position:absolute;top:0;left:0;width:200%;height:200%;transform:scale(.5);transform-origin:0 0;
box-sizing:border-box;border:1px solid rgba(0,0,0,.2);border-radius:10px;pointer-events:none}
wx-button[data-disabled]{opacity:.4}
wx-input,wx-textarea{display:block}
wx-input>.wx-native,wx-textarea>.wx-native{width:100%;border:0;padding:0;font:inherit;color:inherit;background:none;box-sizing:border-box}
wx-textarea>.wx-native{height:100%;min-height:inherit;resize:none}
wx-switch{display:inline-block;width:52px;height:32px;border-radius:16px;background:#ddd}
wx-slider{min-height:28px}
wx-switch[data-on]{background:#04be02}
wx-checkbox,wx-radio{display:inline-block;min-width:22px;min-height:22px;border:1px solid #ccc}
wx-checkbox[data-on],wx-radio[data-on]{background:#04be02}
[hidden]{display:none!important}`;
