import { Button, Image, Input, Picker, ScrollView, Switch, Text, View } from "@tarojs/components";
import Taro, {
  useDidHide,
  useDidShow,
  useLoad,
  usePageScroll,
  usePullDownRefresh,
  useReachBottom,
  useShareAppMessage,
  useTabItemTap,
} from "@tarojs/taro";
import { useEffect, useState } from "react";
import { call } from "../../api";
import { isAlipay, reason } from "../../platform";
import "./index.scss";

interface Item {
  id: number;
  title: string;
  price: number;
}

export default function Index() {
  const [count, setCount] = useState(0);
  const [items, setItems] = useState<Item[]>([]);
  const [fault, setFault] = useState("");
  const [query, setQuery] = useState("");
  const [on, setOn] = useState(false);
  const [shows, setShows] = useState(0);
  const [scrolled, setScrolled] = useState(0);
  const [loading, setLoading] = useState(false);
  const [who, setWho] = useState("");
  const [network, setNetwork] = useState("");
  const [pick, setPick] = useState(0);
  useLoad((params) => console.log("[index] load", JSON.stringify(params)));
  useDidShow(() => setShows((n) => n + 1));
  useDidHide(() => console.log("[index] hide"));
  useTabItemTap((item) => console.log("[index] tab", JSON.stringify(item)));
  usePageScroll(({ scrollTop }) => setScrolled(Math.round(scrollTop)));
  usePullDownRefresh(async () => {
    await load();
    Taro.stopPullDownRefresh();
  });
  useReachBottom(() => setItems((all) => all.concat([{ id: 900 + all.length, title: "更多", price: 0 }])));
  useShareAppMessage(() => ({ title: `数到${count}`, path: `/pages/index/index?n=${count}` }));
  useEffect(() => {
    void Taro.getNetworkType().then(({ networkType }) => setNetwork(networkType.toLowerCase()));
    Taro.onNetworkStatusChange(({ isConnected }) => setNetwork(isConnected ? "通" : "断"));
  }, []);
  async function load() {
    setLoading(true);
    setFault("");
    try {
      setItems((await call<{ items: Item[] }>(`/items?q=${encodeURIComponent(query)}`)).items);
    } catch (error) {
      setFault(reason(error));
    }
    setLoading(false);
  }
  async function login() {
    const { code } = await Taro.login();
    const { token } = await call<{ token: string }>("/login", "POST", {
      code,
      platform: isAlipay ? "alipay" : "weapp",
    });
    Taro.setStorageSync("token", token);
    const { name } = await call<{ name: string }>("/me");
    setWho(name);
    void Taro.showToast({ title: `你好 ${name}`, icon: "none" });
  }
  return (
    <View className="page" id="root-view">
      <Text className="title" id="count">
        数 {count}
      </Text>
      <Text id="shows">出现 {shows}</Text>
      <Text id="network">{network}</Text>
      <Text id="scrolled">{scrolled}</Text>
      <Button className="btn" id="inc" aria-label="加一" onClick={() => setCount(count + 1)}>
        +
      </Button>
      <Button className="btn" id="load" onClick={load}>
        载入
      </Button>
      <Button className="btn" id="login" onClick={login}>
        登录
      </Button>
      {who && <Text id="who">{who}</Text>}
      {loading && <Text id="loading">正在载入</Text>}
      <Input
        id="q"
        aria-label="搜索"
        value={query}
        placeholder="搜索"
        onInput={(e) => setQuery(e.detail.value)}
        onConfirm={load}
      />
      <Text id="qecho">{query}</Text>
      <Switch id="sw" checked={on} onChange={(e) => setOn(e.detail.value)} />
      <Text id="swecho">{on ? "开" : "关"}</Text>
      <Picker
        mode="selector"
        id="picker"
        range={["一", "二"]}
        value={pick}
        onChange={(e) => setPick(Number(e.detail.value))}
      >
        <View id="pickecho">{["一", "二"][pick]}</View>
      </Picker>
      <Image
        id="img"
        aria-label="图"
        src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        mode="aspectFit"
        style={{ width: "40px", height: "40px" }}
      />
      {fault ? <Text id="err">{fault}</Text> : null}
      <ScrollView className="list" scrollY id="list">
        {items.map((item) => (
          <View
            className="row"
            key={item.id}
            id={`item-${item.id}`}
            data-id={item.id}
            onClick={() =>
              Taro.navigateTo({ url: `/pages/detail/index?id=${item.id}&t=${encodeURIComponent(item.title)}` })
            }
          >
            <Text className="t">{item.title}</Text>
            <Text className="p">{item.price}</Text>
            <Button
              id={`del-${item.id}`}
              onClick={(e) => {
                e.stopPropagation();
                setItems(items.filter((x) => x.id !== item.id));
              }}
            >
              删
            </Button>
          </View>
        ))}
      </ScrollView>
      <View className="hidden-note" id="note">
        看不见的字
      </View>
      <View style={{ height: "900px" }} aria-hidden="true" />
    </View>
  );
}
