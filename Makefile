# 一次办 Yiciban. Each target is one script under Scripts/; the scripts explain themselves.

PORT ?= 8080
DATA ?= ./data
FUZZ ?= 200000
KILLS ?= 1000

.DEFAULT_GOAL := help
.PHONY: help run test lint format requirements fuzz soak bench dist docs clean

help: ## 显示这份说明
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## 安装所需、编译并运行示例部署(PORT=8080 DATA=./data)
	@Scripts/run "$(PORT)" "$(DATA)"

test: ## 运行全部测试:单元、场景、接口、浏览器,SQLite 和 PostgreSQL
	@Scripts/test

lint: ## 检查 Swift 和脚本的写法
	@Scripts/lint

format: ## 按 .swift-format 改写 Swift 源码
	@swift format --in-place --parallel --recursive Modules Plugins Apps Tests Package.swift

requirements: ## 列出还没有测试认领的需求
	@python3 Scripts/requirements.py

fuzz: ## 用大量改动过的签章文件考验核验(FUZZ=200000)
	@Scripts/fuzz "$(FUZZ)"

soak: ## 缴费和申报途中反复杀死服务,看账是否平、办件是否全,要几个小时(KILLS=1000)
	@Scripts/soak "$(KILLS)"

bench: ## 编译并运行性能比较,请在空闲的机器上运行
	@Scripts/bench

dist: ## 制作离线安装包到 dist/,并在干净的 Debian 里试装
	@Scripts/dist dist
	@Scripts/check-dist dist/*.tar.gz

docs: ## 生成公开接口的说明页
	@Scripts/docs

clean: ## 删除编译结果和测试环境,不删数据
	@rm -rf .build .venv dist Tests/Browser/screenshots
