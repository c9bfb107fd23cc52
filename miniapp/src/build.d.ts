/** Filled in by the build. */
declare const PLATFORM: "weapp" | "alipay" | "h5";
declare const API_BASE: string;
declare const CLIENT_VERSION: string;

declare module "*.css";
/** The platform's own frame, chosen by the build. */
declare module "frame.css";

declare function defineAppConfig(config: import("@tarojs/taro").Config): import("@tarojs/taro").Config;
declare function definePageConfig(config: import("@tarojs/taro").PageConfig): import("@tarojs/taro").PageConfig;
