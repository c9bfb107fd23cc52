import Taro from "@tarojs/taro";

/** Fetches and starts the newest version; `tell` gets words when it cannot be done at once. */
export function applyUpdate(tell: (words: string) => void): void {
  if (PLATFORM === "h5") {
    location.replace("/");
  } else {
    const manager = Taro.getUpdateManager();
    manager.onCheckForUpdate(({ hasUpdate }) => {
      if (!hasUpdate) tell("新版本还没有下发，请关掉小程序，过几分钟再打开");
    });
    manager.onUpdateReady(() => manager.applyUpdate());
    manager.onUpdateFailed(() => tell("下载没有成功，请检查网络后再试"));
  }
}
