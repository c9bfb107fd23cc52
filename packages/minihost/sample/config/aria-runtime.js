import { mergeInternalComponents } from "@tarojs/shared";

const names = ["aria-role", "aria-label", "aria-hidden", "aria-checked", "aria-disabled", "role"];
const added = Object.fromEntries(names.map((name) => [name, ""]));
mergeInternalComponents({ View: added, Text: added, Button: added, Image: added, Input: added, Label: added });
