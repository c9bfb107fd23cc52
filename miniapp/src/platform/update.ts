import Taro from "@tarojs/taro";

type Stage = "waiting" | "none" | "ready" | "failed";
let stage: Stage = "waiting";
let heard: () => void = () => undefined;

function become(next: Stage): void {
  stage = next;
  heard();
}

/** From the launch on: the platform looks for a new version by itself, tells once, and repeats nothing. */
export function watchUpdates(): void {
  if (PLATFORM !== "h5") {
    const manager = Taro.getUpdateManager();
    manager.onCheckForUpdate(({ hasUpdate }) => become(hasUpdate ? "waiting" : "none"));
    manager.onUpdateReady(() => become("ready"));
    manager.onUpdateFailed(() => become("failed"));
  }
}

/** Longer than this nobody should look at "please wait". */
const patienceMs = 10_000;

const words = {
  none: "新版本还没有下发，请关掉小程序，过几分钟再打开",
  failed: "下载没有成功。请检查网络，关掉小程序，再打开一次",
  waiting: "新版本还没有来。请关掉小程序，过几分钟再打开；还是不行，就在“最近使用”里删除它，再搜名字打开",
} as const;

/** Starts the newest version, or waits a little for it; `tell` gets words when it cannot be done at once. */
export function applyUpdate(tell: (words: string) => void): void {
  if (PLATFORM === "h5") {
    location.replace("/");
  } else {
    const end = (said: string | null) => {
      heard = () => undefined;
      clearTimeout(timer);
      if (said === null) Taro.getUpdateManager().applyUpdate();
      else tell(said);
    };
    const timer = setTimeout(() => end(words.waiting), patienceMs);
    heard = () => {
      if (stage !== "waiting") end(stage === "ready" ? null : words[stage]);
    };
    heard();
  }
}
