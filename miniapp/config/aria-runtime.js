import { mergeInternalComponents } from "@tarojs/shared";

// The runtime must know the added attributes too, else it takes a view with a role for a plain one that has none.
const role = process.env.TARO_ENV === "weapp" ? "aria-role" : "role";
const names = [role, "aria-label", "aria-hidden", "aria-level", "aria-checked", "aria-disabled"];
const more = ["aria-selected", "aria-expanded", "aria-live"];
const all = Object.fromEntries([...names, ...more].map((name) => [name, ""]));
mergeInternalComponents({ View: all, Button: all, Text: all, Image: all, Input: all, Textarea: all, Picker: all });
