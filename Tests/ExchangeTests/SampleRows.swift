/// A right row of each table, all of it synthetic.
enum SampleRows {
    static let batch = [
        "row_guid": "00000000000000000000000000000001", "cd_operation": "I", "cd_time": "2026-03-02 16:00:00",
        "cd_batch": "430600202603020001", "data_source": "001",
    ]

    static let number = "114306000061000020499050000000202603010001-01"

    static let accept = [
        "project_no": number, "catalog_code": "000723001000", "task_code": "11430626MYY000196F4000723001000",
        "local_task_code": "P03", "task_version": "1", "applyer_name": "李示例", "applyer_type": "1",
        "applyer_page_type": "111", "applyer_page_code": "430602190904265454", "contact_name": "李示例",
        "contact_mobile": "13800000000", "apply_type": "1", "apply_date": "2026-03-01 08:00:00",
        "accept_date": "2026-03-02 08:00:00", "promise_date": "2026-03-10 23:59:59",
        "org_code": "11430626MYY000196F", "org_name": "平江县卫生健康局", "handle_user_name": "王示例",
        "project_type": "2", "project_name": "新生儿出生—《出生医学证明》签发",
    ]

    static let pause = [
        "project_no": number, "special_type": "05", "special_name": "检测", "special_reason": "依法需要检测",
        "special_time": "2026-03-03 08:00:00", "end_time": "2026-03-04 08:00:00",
    ]

    static let result = [
        "project_no": number, "result_type": "01", "result_date": "2026-03-06 08:00:00",
        "is_delivery_results": "1",
    ]

    static let all: [String: [String: String]] = [
        "up_pro_accept": accept, "up_pro_special_procedure": pause, "up_pro_result": result,
        "up_pro_process": [
            "project_no": number, "process_name": "受理", "event_name": "02",
            "event_start_time": "2026-03-02 08:00:00", "handle_user_name": "王示例",
        ],
        "up_pro_material": [
            "project_no": number, "material_name": "新生儿父母身份证明", "get_num": "1", "get_type": "02",
        ],
        "up_zone_organization": [
            "credit_code": "11430626MYY000196F", "org_code": "MYY000196", "org_name": "平江县卫生健康局",
            "exist_task": "1",
        ],
        "up_task_general_material": [
            "task_code": "11430626MYY000196F4000723001000", "task_version": "1", "material_name": "身份证明",
            "is_need": "1", "page_num": "1", "order_num": "1",
        ],
        "up_task_general_basic": [
            "catalog_code": "000723001000", "task_code": "11430626MYY000196F4000723001000",
            "task_name": "《出生医学证明》签发", "task_type": "07", "task_version": "1", "task_state": "1",
            "dept_code": "11430626MYY000196F", "dept_name": "平江县卫生健康局", "dept_type": "1", "use_level": "4",
            "by_law": "《中华人民共和国母婴保健法》第二十三条", "server_type": "1,2", "project_type": "2",
            "accept_condition": "在本机构内出生", "handle_flow": "受理→签发", "promise_day": "5", "promise_type": "1",
            "limit_scene_num": "1", "is_fee": "0", "link_way": "0730-12345", "supervise_way": "12345",
            "transact_addr": "平江县政务服务中心", "transact_time": "周一至周五", "plan_effective_date": "2026-01-01",
        ],
    ]
}
