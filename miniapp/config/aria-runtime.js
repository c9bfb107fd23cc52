import { mergeInternalComponents } from "@tarojs/shared";
import attributes from "./aria.json";

// The runtime numbers a component's attributes as the template does: with one more or one fewer here than there,
// every later attribute would land on another (a search field would become a password).
const role = process.env.TARO_ENV === "weapp" ? "aria-role" : "role";
const blank = (names) => Object.fromEntries(names.map((name) => [name === "role" ? role : name, ""]));
mergeInternalComponents(Object.fromEntries(Object.keys(attributes).map((name) => [name, blank(attributes[name])])));
